// A process that adds versions to one ring; file-keyrings-processes.test.ts bundles and starts it. Each text is the list of all
// that were added, so that the last one tells them. What it was told it appends to a log, a line at a time.
import { appendFileSync } from 'node:fs'
import { fileKeyrings } from '../src/stores/file-keyrings.js'

const [directory = '', log = '', count = ''] = process.argv.slice(2)
const records = fileKeyrings(directory)

async function work(): Promise<void> {
  for (let added = 0; added < Number(count); ) {
    const last = await records.read('ring')
    const entry = `${process.pid}-${added}`
    const version = (last?.version ?? 0) + 1
    const text = JSON.stringify([...JSON.parse(last?.text ?? '[]'), entry])
    if (!(await records.write('ring', { version, text }, last?.version))) continue
    appendFileSync(log, `${version} ${entry}\n`)
    added += 1
  }
}

process.once('message', () => {
  void work().then(() => process.disconnect())
})
process.send?.('ready')
