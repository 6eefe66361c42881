import type { Samples } from './rounds.js'
import type { SpeedResult } from './sections/speed.js'

/** What was measured with one version of Node. */
export interface NodeResults {
  readonly version: string
  readonly speed?: SpeedResult
  readonly rings?: Samples
}

export interface Results {
  /** ISO 8601. */
  readonly date: string
  readonly machine: { readonly cpu: string; readonly cores: number; readonly memoryGib: number; readonly os: string }
  /** The first decides, the others stand beside it. */
  readonly nodes: readonly NodeResults[]
}
