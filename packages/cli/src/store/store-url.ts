import { fileURLToPath } from 'node:url'
import { InvalidArgumentError } from 'commander'

/** Where keyrings are kept. `shown` is for people: it holds neither user nor password. */
export type StoreUrl =
  | { readonly kind: 'file'; readonly folder: string; readonly shown: string }
  | { readonly kind: 'redis' | 'postgres'; readonly url: string; readonly shown: string; readonly hasPassword: boolean }

const KINDS: Readonly<Record<string, 'redis' | 'postgres'>> = {
  'redis:': 'redis',
  'rediss:': 'redis',
  'postgres:': 'postgres',
  'postgresql:': 'postgres',
}

/** @throws InvalidArgumentError for what is no store. It does not repeat the text, which may hold a password. */
export function parseStoreUrl(text: string): StoreUrl {
  if (text.startsWith('file:')) return fileStore(text)
  const url = URL.canParse(text) ? new URL(text) : undefined
  const kind = KINDS[url?.protocol ?? '']
  if (url === undefined || kind === undefined || url.hostname === '') {
    throw new InvalidArgumentError('a store is file:./folder, redis://host:6379 or postgres://user@host:5432/database')
  }
  const shown = `${url.protocol}//${url.host}${url.pathname === '/' ? '' : url.pathname}`
  return { kind, url: text, shown, hasPassword: url.password !== '' || hasPasswordOption(url) }
}

/** The clients take options after `?`, such as `password` and `sslpassword`. */
function hasPasswordOption({ searchParams }: URL): boolean {
  return [...searchParams.keys()].some((name) => /pass/i.test(name))
}

/** `file:./keys` is relative to where the command runs, which a URL of files cannot be. */
function fileStore(text: string): StoreUrl {
  const folder = text.startsWith('file://') ? pathOf(text) : text.slice('file:'.length)
  if (folder !== '') return { kind: 'file', folder, shown: text }
  throw new InvalidArgumentError('say which folder: file:./folder or file:/absolute/folder')
}

function pathOf(text: string): string {
  try {
    return fileURLToPath(text)
  } catch {
    throw new InvalidArgumentError('file:// takes an absolute path, file:///absolute/folder; else write file:./folder')
  }
}
