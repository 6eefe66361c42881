import { unreadable } from './unreadable.js'

export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A member, where null is the same as absent, as many tools have it. @throws CountersignError `request-unreadable` */
export function optionalText(object: JsonObject, member: string): string | undefined {
  const value = object[member] ?? undefined
  if (value === undefined || typeof value === 'string') return value
  unreadable(`${member} is no text`)
}

export function optionalObject(object: JsonObject, member: string): JsonObject {
  const value = object[member] ?? {}
  if (!isObject(value)) unreadable(`${member} is no object`)
  return value
}
