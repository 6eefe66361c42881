import { workspacePackages } from '../checks/lib/workspace.mjs'
import { proveInside } from './proofs.mjs'

/** Two copies of a package in one process, its ESM and its CommonJS build, take each other's values. */
export function proveMixing(project) {
  const adapters = workspacePackages().filter(({ isAdapter }) => isAdapter)
  return proveInside(
    project,
    'mixing.mjs',
    adapters.map(({ name }) => name),
  )
}
