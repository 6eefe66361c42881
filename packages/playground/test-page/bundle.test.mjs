import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'

const DIST = fileURLToPath(new URL('../dist/', import.meta.url))
const files = readdirSync(DIST, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => ({ name, bytes: readFileSync(join(parentPath, name)) }))
const textOf = (ending) => files.filter(({ name }) => name.endsWith(ending)).map(({ bytes }) => bytes.toString())

/** Everything of the page, gzipped. */
const LIMIT_BYTES = 72_000

describe('what is built', () => {
  it('is small', () => {
    const size = files.reduce((sum, { bytes }) => sum + gzipSync(bytes).length, 0)
    expect(size).toBeLessThan(LIMIT_BYTES)
    expect(size).toBeGreaterThan(10_000)
  })

  it("holds the web's engine, and nothing of Node's", () => {
    const [script, ...others] = textOf('.js')
    expect(others).toEqual([])
    expect(script).toContain('crypto.subtle')
    // What Vite writes in place of a module that browsers do not have.
    expect(script).not.toContain('__vite-browser-external')
    expect(script).not.toMatch(/(from|import|require)\s*\(?\s*["'`]node:/)
    expect(script).not.toContain('createHmac(')
    expect(script).not.toMatch(/\beval\(|new Function\(/)
  })

  it('has its policy before all that it could stop, and nothing inline', () => {
    const [html] = textOf('index.html')
    const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(html)
    const first = html.search(/<(script|link|style|img)\b/)
    expect(policy.index).toBeLessThan(first)
    expect(policy[1].split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self'",
      "connect-src 'none'",
      "worker-src 'none'",
      "form-action 'none'",
      "base-uri 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ])
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/)
    // Any host, any path.
    expect(html).not.toMatch(/(src|href)="\//)
  })
})
