import type { AnyProvider } from '@countersign/core'
import { type Command, InvalidArgumentError } from 'commander'

export interface NewKeyFlags {
  readonly id?: string
  readonly slot?: string
}

/** Adds `--id` and `--slot`. */
export function newKeyOptions(command: Command): Command {
  return command
    .option('--id <id>', "the new key's id (default: the next free key-N, or the slot's name)")
    .option('--slot <slot>', 'which slot it is for, where the vendor has slots')
}

/** @throws InvalidArgumentError for a slot that the vendor does not have, or none where it has some. */
export function requireSlot({ slot }: NewKeyFlags, provider: AnyProvider | undefined): void {
  if (provider === undefined) return
  const { slots = [], title } = provider
  if (slots.length === 0 && slot !== undefined) throw new InvalidArgumentError(`--slot: ${title} has no slots`)
  if (slots.length > 0 && !slots.includes(slot ?? '')) {
    throw new InvalidArgumentError(`say which slot of ${title}: --slot ${slots.join(' or --slot ')}`)
  }
}
