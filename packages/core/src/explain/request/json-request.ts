import type { CapturedRequest } from './captured-request.js'
import { parseHar } from './har.js'
import { jsonBody } from './json-body.js'
import { jsonFault } from './json-fault.js'
import { jsonHeaders } from './json-headers.js'
import { isObject, type JsonObject, optionalText } from './json-object.js'
import { isLambdaEvent, parseLambdaEvent } from './lambda-event.js'
import { unreadable } from './unreadable.js'

/** A JSON document: which of the kinds it is, its members say. */
export function parseJsonRequest(text: string): CapturedRequest {
  const document = parsed(text)
  if (!isObject(document)) unreadable('the JSON document is no object')
  if (isObject(document.log) || isObject(document.request) || isObject(document.postData)) return parseHar(document)
  if (isLambdaEvent(document)) return parseLambdaEvent(document)
  return parseOwn(document)
}

/** The message of JSON.parse quotes the document, and a header may be a token (law 9); it also differs by engine. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    unreadable(`it begins as JSON does, and is none: ${jsonFault(text)}`)
  }
}

function parseOwn(document: JsonObject): CapturedRequest {
  if ((document.headers ?? undefined) === undefined) unreadable('the JSON document has no headers')
  const base64 = document.bodyBase64 ?? undefined
  if (base64 !== undefined && (document.body ?? undefined) !== undefined) {
    unreadable('the JSON document has body and bodyBase64: leave one out')
  }
  return {
    format: 'json',
    method: optionalText(document, 'method') ?? 'POST',
    url: optionalText(document, 'url') ?? '',
    headers: jsonHeaders(document.headers),
    body: base64 === undefined ? jsonBody(document.body, false, 'body') : jsonBody(base64, true, 'bodyBase64'),
    warnings: [],
  }
}
