/** A test that takes longer, in milliseconds, is run apart from the others of its file: most mutants do not get to it. */
const SLOW = 20

/** How often each group has noticed a mutant, by the file that was mutated: what has is likely to notice the next one, too. */
const noticed = new Map()

/** Tests of one file that are run together, and of these groups first that which is over, and has noticed something, soonest. */
export function groupsOf(ids, { files, tests }, mutated) {
  const groups = new Map()
  for (const id of ids) {
    const file = id.slice(0, id.indexOf('#'))
    const isSlow = tests[id] > SLOW
    const key = `${isSlow} ${file} ${mutated}`
    const group = groups.get(key) ?? { key, file, isSlow, ids: [], time: files[file] }
    groups.set(key, group)
    group.ids.push(id)
    group.time += tests[id]
  }
  const costOf = ({ key, time }) => time / (1 + (noticed.get(key) ?? 0)) ** 2
  return [...groups.values()].sort((one, other) => costOf(one) - costOf(other))
}

export function hasNoticed({ key }) {
  noticed.set(key, 1 + (noticed.get(key) ?? 0))
}
