// As consumer.ts, with the entries that bring zod.
import { autify, createVerifier, type Verifier } from '@countersign/autify'
import { type AutifyEvent, autifyEvents } from '@countersign/autify/events'

declare global {
  interface URL {
    readonly href: string
  }
}

export const verifier: Verifier<AutifyEvent> = createVerifier(autify(), { keys: 'a secret', schema: autifyEvents })
