/** A test that takes longer, in milliseconds, is run apart from the others of its file: most mutants do not get to it. */
const SLOW = 20

/** Tests of one file that are run together, and of these groups that which is over first. */
export function groupsOf(ids, { files, tests }) {
  const groups = new Map()
  for (const id of ids) {
    const file = id.slice(0, id.indexOf('#'))
    const isSlow = tests[id] > SLOW
    const key = `${isSlow} ${file}`
    const group = groups.get(key) ?? { file, isSlow, ids: [], time: files[file] }
    groups.set(key, group)
    group.ids.push(id)
    group.time += tests[id]
  }
  return [...groups.values()].sort((one, other) => one.time - other.time)
}
