import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { measureInChild } from './in-child.js'
import { LOAD_FILE, LOAD_TEXT } from './load.js'
import type { Machine } from './machine.js'
import { PEERS } from './peers/index.js'
import type { NodeResults, Results } from './results.js'
import { joinSamples } from './rounds.js'
import { measureBundles, measureParts } from './sections/bundle.js'
import { ADAPTERS } from './sections/imports.js'
import { measureInstalls } from './sections/install.js'
import { joinSpeeds } from './sections/speed.js'
import { measureWeb } from './sections/web.js'
import { HTTP_VERSIONS, PEER_VERSIONS } from './versions.js'

/** The first decides. */
const NODES = ['24', '20']

/** Measured by each Node, in a process of its own. */
const OF_NODE = ['speed', 'ways', 'rings', 'profile', 'imports', 'http'] as const
type NodeSection = (typeof OF_NODE)[number]

/**
 * How a time compares depends by some hundredths on the process: on what lies where in its memory. Hence several for the Node
 * that decides.
 */
const PROCESSES = 3
/** What is measured in several, and how it is put together. */
const JOINED: Partial<Record<NodeSection, (parts: never[]) => unknown>> = { speed: joinSpeeds, rings: joinSamples }

export const SECTIONS = {
  speed: 'ours and the peers, bodies of 200 B to 8 MiB',
  ways: 'the second slot, `verdict.event`, a `Request`',
  rings: 'rings of 1, 2 and 5 keys, both slots, malformed headers',
  profile: 'where the time of a verification goes, by function',
  imports: 'what an import adds to an empty script',
  http: 'requests per second and processor time, with and without verification',
  web: 'Web Crypto and those that do without, in workerd and Chromium',
  bundle: 'what a browser loads, minified and gzipped',
  install: 'what npm installs: packages and megabytes',
} as const
export type Section = keyof typeof SECTIONS

export async function measureSections(
  sections: readonly Section[],
  machine: Machine,
): Promise<Omit<Results, 'date' | 'machine'>> {
  const peers = await installed(machine, 'peers', PEER_VERSIONS)
  const nodes: NodeResults[] = []
  const ofNode = OF_NODE.filter((section) => sections.includes(section))
  for (const major of ofNode.length > 0 ? NODES : []) nodes.push(await measureNode(major, ofNode, machine, peers))
  return {
    nodes,
    ...(sections.includes('web') && { web: await measureWeb(machine, peers) }),
    ...(sections.includes('bundle') && {
      bundles: await measureBundles(machine.root, peers),
      parts: await measureParts(machine.root),
    }),
    ...(sections.includes('install') && { installs: await measureInstalls(machine) }),
  }
}

async function measureNode(major: string, sections: readonly NodeSection[], machine: Machine, peers: string) {
  const node = await machine.node(major)
  const processes = major === NODES[0] ? PROCESSES : 1
  const found: Record<string, unknown> = {}
  for (const section of sections) {
    console.error(`Node ${major}: ${section}`)
    found[section === 'profile' ? 'profiles' : section] = await measureSection(
      section,
      await optionsOf(section, machine, peers),
      node,
      processes,
    )
  }
  return { version: await measureInChild<string>(node, 'version', {}), ...found } satisfies NodeResults
}

async function measureSection(
  section: NodeSection,
  options: object,
  node: string,
  processes: number,
): Promise<unknown> {
  const join = JOINED[section]
  if (!join) return measureInChild(node, section, options)
  const parts: never[] = []
  while (parts.length < processes) {
    console.error(` process ${parts.length + 1} of ${processes}`)
    parts.push(await measureInChild(node, section, options))
  }
  return join(parts)
}

async function optionsOf(section: NodeSection, machine: Machine, peers: string): Promise<object> {
  const folders = { repository: machine.root, peers }
  if (section === 'imports') return { project: await importProject(machine) }
  if (section === 'http') return { ...folders, http: await installed(machine, 'http', HTTP_VERSIONS) }
  return folders
}

/** A user's project in which all adapters and peers are installed. */
const importProject = (machine: Machine) =>
  machine.project(
    'import',
    ADAPTERS.map((folder) => `@countersign/${folder}`),
    PEERS.map(({ id }) => `${id}@${PEER_VERSIONS[id as keyof typeof PEER_VERSIONS]}`),
  )

/** The folder in which they are installed, beside a file that imports them. */
async function installed(machine: Machine, name: string, versions: Readonly<Record<string, string>>): Promise<string> {
  const folder = await machine.installed(name, versions)
  writeFileSync(join(folder, LOAD_FILE), LOAD_TEXT)
  return folder
}
