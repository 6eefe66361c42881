import { run } from '../checks/lib/run.mjs'

/** A proof in this process. What it returns is a note for the reader. */
export async function prove(name, proof) {
  try {
    return { name, note: await proof() }
  } catch (error) {
    return { name, error: error.message }
  }
}

/** The Node that runs this, as one of those that proofs run on. */
export const THIS_NODE = { version: process.version.slice(1), path: process.execPath }

/** The proofs on each Node, one after the other, marked with its version. */
export async function onEach(nodes, proofsOn) {
  const all = []
  for (const node of nodes) {
    for (const proof of await proofsOn(node)) all.push({ ...proof, node: node.version })
  }
  return all
}

/**
 * The proofs of a script inside a project, which prints each as a line of JSON (`inside/prove.mjs`), on a Node of its own:
 * what is loaded there comes from the project's node_modules and nowhere else.
 */
export async function proveInside(project, script, args = [], env = {}, node = process.execPath) {
  const done = await run(node, [script, ...args], { cwd: project, env: { ...process.env, ...env } })
  const proofs = done.stdout.split('\n').filter(Boolean).map(parseProof)
  // A script that ends early has not proved what it printed nothing of.
  if (!done.ok || proofs.length === 0) proofs.push({ name: script, error: done.stderr || 'it printed no proof' })
  return proofs
}

function parseProof(line) {
  try {
    return JSON.parse(line)
  } catch {
    return { name: 'output', error: `not a proof: ${line}` }
  }
}
