import type { KeyState } from '@countersign/core'
import { paints } from '../picture/life-picture.js'
import type { Colors } from '../terminal.js'

/** The name of a state in the colour that its bar has in the picture. */
export function painted(state: KeyState, colors: Colors): string {
  return paints(colors)[state](state)
}
