import type { KeysInput } from './keys-input.js'

/**
 * Asked for the keys of each delivery, so that a rotation needs no restart. Give the same ring or secrets again while
 * nothing has changed: their keys are prepared then already. `refresh` is true when nothing matched: a source with a cache
 * then looks past it. Undefined for a tenant that it does not know.
 */
export interface KeySource<Slot extends string = never> {
  (context: {
    provider: string
    tenant?: string | undefined
    refresh: boolean
  }): KeysInput<Slot> | undefined | Promise<KeysInput<Slot> | undefined>
  /**
   * True where the source itself sees to it that forgeries do not make it look all the time, as `keySource` does. Others are
   * asked with `refresh` once in ten seconds at most, for all tenants of a verifier together.
   */
  readonly paced?: boolean | undefined
}
