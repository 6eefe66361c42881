import { execFileSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'

interface Process {
  readonly pid: number
  readonly parent: number
}

const GONE_MS = 10_000
const LOOK_MS = 5

/** Ends a process and all its descendants at once; resolves when none of them is left. */
export async function killTree(root: number): Promise<void> {
  // Whoever is stopped starts no more children, so that none is missed.
  const tree = stopTree(root)
  signal(tree, 'SIGKILL')
  await untilGone(tree)
}

/** Stops a process and all its descendants where they stand. Gives who they are, parents first. */
export function stopTree(root: number): readonly number[] {
  signal([root], 'SIGSTOP')
  const tree = treeOf(root)
  signal(tree, 'SIGSTOP')
  return tree
}

/** Lets a tree go on that was stopped. */
export function continueTree(root: number): void {
  // Parents last: a parent that goes on first may wonder about its children.
  signal([...treeOf(root)].reverse(), 'SIGCONT')
}

/** Children may have sessions of their own, as those of PostgreSQL do: a process group would not be all of them. */
function treeOf(root: number): readonly number[] {
  const all = livingProcesses()
  const tree = [root]
  for (const pid of tree) {
    for (const child of all) if (child.parent === pid) tree.push(child.pid)
  }
  return tree
}

/** From `ps`, since macOS has no /proc. */
function livingProcesses(): readonly Process[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' }).trim().split('\n')
  return (
    lines
      .map((line) => line.trim().split(/\s+/))
      // A zombie is over. Who has to fetch its end may never do so, as the first process of a container.
      .filter(([, , state]) => !state?.startsWith('Z'))
      .map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent) }))
  )
}

function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}

async function untilGone(pids: readonly number[]): Promise<void> {
  const deadline = Date.now() + GONE_MS
  while (livingProcesses().some(({ pid }) => pids.includes(pid))) {
    if (Date.now() > deadline) throw new Error(`processes ${pids.join(', ')} are not all gone after ${GONE_MS} ms`)
    await sleep(LOOK_MS)
  }
}
