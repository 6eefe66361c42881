import { workspacePackages } from '../checks/lib/workspace.mjs'
import { onEach, proveInside } from './proofs.mjs'

/** Two copies of a package in one process, its ESM and its CommonJS build, take each other's values. */
export function proveMixing(project, nodes) {
  const adapters = workspacePackages().filter(({ isAdapter }) => isAdapter)
  const names = adapters.map(({ name }) => name)
  return onEach(nodes, ({ path }) => proveInside(project, 'mixing.mjs', names, {}, path))
}
