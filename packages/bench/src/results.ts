import type { Samples } from './rounds.js'
import type { Bundle, BundlePart } from './sections/bundle.js'
import type { HttpResult } from './sections/http.js'
import type { ImportResult } from './sections/imports.js'
import type { Installed } from './sections/install.js'
import type { Profile } from './sections/profile.js'
import type { SpeedResult } from './sections/speed.js'
import type { WebResult } from './sections/web.js'

/** What was measured with one version of Node. */
export interface NodeResults {
  readonly version: string
  readonly speed?: SpeedResult
  readonly ways?: SpeedResult
  readonly rings?: Samples
  readonly profiles?: readonly Profile[]
  readonly imports?: ImportResult
  readonly http?: HttpResult
}

export interface Results {
  /** ISO 8601. */
  readonly date: string
  readonly machine: {
    readonly cpu: string
    readonly cores: number
    readonly memoryGib: number
    readonly os: string
    /** What else kept it busy: the load average of the minute before the run. */
    readonly load: number
  }
  /** The first decides, the others stand beside it. */
  readonly nodes: readonly NodeResults[]
  readonly web?: readonly WebResult[]
  readonly bundles?: readonly Bundle[]
  readonly parts?: readonly BundlePart[]
  readonly installs?: readonly Installed[]
}
