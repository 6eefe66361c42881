import { describe, expect, it } from 'vitest'
import { requestUrl } from '../src/request-url.js'

describe('the URL of a request', () => {
  it.each([
    ['receiver.example', '/webhooks?x=1', 'https://receiver.example/webhooks?x=1'],
    ['receiver.example:8443', '/webhooks', 'https://receiver.example:8443/webhooks'],
    ['[::1]:3000', '/webhooks', 'https://[::1]:3000/webhooks'],
    [null, '/webhooks', 'https://localhost/webhooks'],
    ['receiver.example', 'http://other.example/webhooks', 'http://other.example/webhooks'],
    ['receiver.example', '//webhooks', 'https://receiver.example//webhooks'],
  ])('of %j and %j', (authority, target, url) => {
    expect(requestUrl('https', authority, target)).toBe(url)
  })

  it.each([
    '',
    '[',
    'a b',
    'a:99999',
    'one, two',
    'x/webhooks/acme?',
    'x/webhooks/acme#',
    'user@x',
    '\\x',
    'x\t',
    'ü\u0000',
  ])('has its path whatever the sender writes for a host, such as %j', (authority) => {
    expect(new URL(requestUrl('https', authority, '/public?y=2')).pathname).toBe('/public')
  })

  it.each(['*', 'http://[/x', 'http://', '', 'x y'])('is one for the target %j', (target) => {
    expect(requestUrl('http', 'receiver.example', target)).toBe('http://receiver.example/')
  })
})
