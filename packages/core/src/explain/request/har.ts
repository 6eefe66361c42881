import { utf8 } from '../../encoding.js'
import type { CapturedRequest } from './captured-request.js'
import { jsonBody } from './json-body.js'
import { jsonHeaders } from './json-headers.js'
import { isObject, type JsonObject, optionalObject, optionalText } from './json-object.js'
import { unreadable } from './unreadable.js'

interface Body {
  readonly body: Uint8Array
  readonly warnings: readonly string[]
}

/** HAR 1.2: a whole file, one of its entries, or the `request` of one. */
export function parseHar(document: JsonObject): CapturedRequest {
  const { request, warnings } = isObject(document.log) ? chosenRequest(document.log) : onlyRequest(document)
  const sent = bodyOf(optionalObject(request, 'postData'))
  return {
    format: 'har',
    method: optionalText(request, 'method') ?? 'POST',
    url: optionalText(request, 'url') ?? '',
    headers: jsonHeaders(request.headers),
    body: sent.body,
    warnings: [...warnings, ...sent.warnings, ...sizeWarnings(request, sent.body)],
  }
}

interface Chosen {
  readonly request: JsonObject
  readonly warnings: readonly string[]
}

function onlyRequest(document: JsonObject): Chosen {
  return { request: isObject(document.request) ? document.request : document, warnings: [] }
}

/** The first that has a body, else the first POST, else the first. */
function chosenRequest(log: JsonObject): Chosen {
  const entries = Array.isArray(log.entries) ? log.entries : []
  const requests = entries.map((entry: unknown) => (isObject(entry) ? entry.request : undefined))
  const isRequest = requests.map(isObject)
  const preferences = [
    (one: JsonObject) => isObject(one.postData),
    (one: JsonObject) => one.method === 'POST',
    () => true,
  ]
  for (const isPreferred of preferences) {
    const index = requests.findIndex((one, at) => isRequest[at] && isPreferred(one as JsonObject))
    if (index >= 0) return { request: requests[index] as JsonObject, warnings: othersWarning(index, requests.length) }
  }
  unreadable('the HAR has no entry with a request')
}

function othersWarning(index: number, count: number): string[] {
  return count > 1 ? [`the HAR has ${count} entries, of which entries[${index}] was taken: paste another alone`] : []
}

/** `encoding` is not in HAR 1.2 for what was posted, but proxies write it there as for what was answered. */
function bodyOf(postData: JsonObject): Body {
  const { text, params } = postData
  if ((text ?? undefined) !== undefined) {
    return { body: jsonBody(text, postData.encoding === 'base64', 'postData.text'), warnings: [] }
  }
  if (Array.isArray(params) && params.length > 0) return formBody(params)
  if (postData._file !== undefined) unreadable('the body is in a file beside the HAR: paste the request as raw HTTP')
  return { body: new Uint8Array(), warnings: [] }
}

function formBody(params: readonly unknown[]): Body {
  const form = new URLSearchParams()
  for (const [index, param] of params.entries()) {
    const name = isObject(param) ? param.name : undefined
    if (!isObject(param) || typeof name !== 'string') unreadable(`postData.params[${index}] has no name`)
    form.append(name, optionalText(param, 'value') ?? '')
  }
  const warning =
    'the HAR has the form and not its text, so it was encoded anew: a sender may have written it otherwise'
  return { body: utf8(form.toString()), warnings: [warning] }
}

function sizeWarnings({ bodySize }: JsonObject, body: Uint8Array): string[] {
  // -1 says that it is not known.
  if (typeof bodySize !== 'number' || bodySize < 0 || bodySize === body.length) return []
  return [`the HAR's bodySize says ${bodySize} bytes, and the body has ${body.length}`]
}
