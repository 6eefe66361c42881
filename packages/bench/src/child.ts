// One section, measured in a process of its own, by whichever Node runs this: node child.js SECTION OPTIONS-AS-JSON.
// What came out is printed as JSON.
import { BY_HAND } from './by-hand/index.js'
import { type Folders, loaderOf } from './load.js'
import { WAYS } from './other-ways.js'
import { OURS } from './ours.js'
import { PEERS } from './peers/index.js'
import { measureCopies } from './sections/copies.js'
import { measureHttp } from './sections/http.js'
import { measureImports } from './sections/imports.js'
import { measureProfiles } from './sections/profile.js'
import { measureRings } from './sections/rings.js'
import { measureSpeed } from './sections/speed.js'

const MEASURE: Record<string, (options: never) => unknown> = {
  version: () => process.versions.node,
  speed: (folders: Folders) => measureSpeed(loaderOf(folders), [...OURS, ...BY_HAND], PEERS),
  ways: (folders: Folders) => measureSpeed(loaderOf(folders), WAYS),
  rings: (folders: Folders) => measureRings(loaderOf(folders)),
  profile: (folders: Folders) => measureProfiles(loaderOf(folders)),
  imports: measureImports,
  http: measureHttp,
  copies: measureCopies,
}

const [section = '', options = '{}'] = process.argv.slice(2)
const measured = await MEASURE[section]?.(JSON.parse(options) as never)
// Peers may keep a process alive.
process.stdout.write(JSON.stringify(measured), () => process.exit())
