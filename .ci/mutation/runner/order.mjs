/** A test that takes longer, in milliseconds, is run apart from the others of its file: most mutants do not get to it. */
const SLOW = 20

/** Tests of one file that are run together, and of these groups that which is over first. */
export function groupsOf(ids, { files, tests }) {
  const groups = new Map()
  for (const id of ids) {
    const file = id.slice(0, id.indexOf('#'))
    const key = `${tests[id] > SLOW} ${file}`
    const group = groups.get(key) ?? { file, ids: [], time: files[file], slowest: 0 }
    groups.set(key, group)
    group.ids.push(id)
    group.time += tests[id]
    group.slowest = Math.max(group.slowest, tests[id])
  }
  return [...groups.values()].sort((one, other) => one.time - other.time)
}
