import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const DIST = fileURLToPath(new URL('../../packages/playground/dist/', import.meta.url))
/** A page of a project's own usually lives below a path. */
const PATH = '/some/where/'
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

/** Serves the built page as any static host does, without a header of its own. `files`: the URLs of all that it has. */
export async function serveSite() {
  const files = readdirSync(DIST, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(DIST.length))
  const paths = new Map(
    [['', 'index.html'], ...files.map((file) => [file, file])].map(([path, file]) => [PATH + path, file]),
  )
  const server = createServer((request, response) => {
    const file = paths.get(request.url)
    if (file === undefined) return response.writeHead(404).end()
    response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' })
    response.end(readFileSync(join(DIST, file)))
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${server.address().port}`
  return {
    url: origin + PATH,
    files: [...paths.keys()].map((path) => origin + path),
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
