import { concat, utf8 } from './bytes.js'
import { expectThat } from './expect.js'
import { BODY_CHANGES, type BodyChange, latin1 } from './explain-body-changes.js'
import { explained, type Mistake, mistakeCase } from './explain-mistake.js'
import { freshHeaders, signedContent } from './fresh-mac.js'
import { type HmacSubject, isHmac, type Subject } from './subject.js'
import { type SuiteCase, suiteCase } from './suite-case.js'

/** The body that was signed is not the one that is verified. */
export function explainBodyCases(subject: Subject): readonly SuiteCase[] {
  if (!isHmac(subject)) return []
  return [...BODY_CHANGES.flatMap((change) => changeCase(subject, change)), ...lostCases(subject), contentCase(subject)]
}

function changeCase(subject: HmacSubject, { name, code, says, signed, received }: BodyChange): SuiteCase {
  return mistakeCase(subject, name, { code, says }, () => changed(subject, concat(signed), concat(received)))
}

async function changed(subject: HmacSubject, signed: Uint8Array, received: Uint8Array): Promise<Mistake> {
  return { headers: await freshHeaders(subject, { body: signed }), body: received }
}

/** What is gone for good: there is nothing to try, but something to see. */
function lostCases(subject: HmacSubject): readonly SuiteCase[] {
  const { headers } = subject
  const cut = subject.body.slice(0, -3)
  const withLength = (length: number) => ({ ...headers, 'Content-Length': String(length) })
  const length = subject.body.length
  const lossy = utf8('{"name":"Zo\ufffd"}')
  return [
    mistakeCase(subject, 'a body that a parser ate', { code: 'body-empty', certain: false }, () => ({
      body: utf8(''),
    })),
    mistakeCase(
      subject,
      'a body that a parser ate, with its length',
      { code: 'body-empty', says: `${length} bytes arrived` },
      () => ({
        headers: withLength(length),
        body: utf8(''),
      }),
    ),
    mistakeCase(subject, 'an object made text', { code: 'body-parsed' }, () => ({ body: utf8('[object Object]') })),
    mistakeCase(subject, 'an object', { code: 'body-parsed' }, () => ({ body: { a: 1 } as never })),
    mistakeCase(subject, 'a body of another length', { code: 'body-length', says: `says ${length}` }, () => ({
      headers: withLength(length),
      body: cut,
    })),
    mistakeCase(subject, 'text that was not UTF-8', { code: 'body-decoded', certain: false }, async () => ({
      headers: await freshHeaders(subject, { body: latin1('{"name":"Zoë"}') }),
      body: lossy,
    })),
  ]
}

/** The bytes that would verify can be looked at. */
function contentCase(subject: HmacSubject): SuiteCase {
  return suiteCase('explain: the content that was signed is handed out, and no log has it', async () => {
    const signed = concat(subject.body, '\n')
    const [first] = await explained(subject, await changed(subject, signed, subject.body))
    const content = first?.signedContent?.()
    const expected = signedContent(subject, { body: signed })
    expectThat(`${content}` === `${expected}`, `${expected.length} bytes that were signed`, `${content?.length} bytes`)
    expectThat(!JSON.stringify(first).includes('signedContent'), 'no body in what JSON prints', JSON.stringify(first))
  })
}
