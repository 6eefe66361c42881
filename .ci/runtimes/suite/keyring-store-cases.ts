import { type KeyringRecords, memoryKeyrings, plaintextAtRest, reveal, sealed } from '@countersign/core'
import { keyringStoreSuite, type SuiteCase } from '@countersign/testkit'

const MASTER_KEY = 'KioqKioqKioqKioqKioqKioqKioqKioqKioqKioqKio='
/** Made with node:crypto alone: HKDF-SHA256 for the keys, AES-256-GCM for what they encrypt. Version 7 of 'acme'. */
const SEALED =
  '{"format":"countersign-sealed-keyring","version":1,"name":"acme","keyringVersion":7,"masterKey":"c03dfacf5d5ef45b","dataKey":"AQEBAQEBAQEBAQEB6JeK6VifAYyTzUVlDBu8ugkDUGSPrHVcI8Vp0vx5ZV494Q4ncQHKTYBBIRkLjJ9l","keyring":"AgICAgICAgICAgICojQDS82POiixR5B1QVuNKGr7xsX4v3ZeBv7uEiZqkwpbCtkOK8VI/MUekQOHXbsvQRQsch+FmfZTKYcsIWs/D6vGiW68Sf+0NQLRnHwFgsHnBj73hyN2GzUG/addzbyiwO3EEH67Vb3E8TxCjwQmObcTXDtRNYZsEjAe+kCFLIvfmLesp1T4h8mcoKfX72Djylxm2sn4IA=="}'

/** The keyring stores that work in every runtime, by the testkit's suite; and a record that was sealed elsewhere. */
export function keyringStoreCases(): readonly SuiteCase[] {
  return [
    ...suiteOf('plain', plaintextAtRest),
    ...suiteOf('sealed', (records) => sealed(records, MASTER_KEY)),
    { name: 'sealed keyring: a record of node:crypto is opened', run: opensForeignRecord },
  ]
}

function suiteOf(name: string, storeOf: (records: KeyringRecords) => ReturnType<typeof plaintextAtRest>) {
  const suite = keyringStoreSuite(async () => {
    const records = memoryKeyrings()
    return { store: storeOf(records), another: async () => storeOf(records) }
  })
  return suite.map((one) => ({ name: `keyring store, ${name}: ${one.name}`, run: one.run }))
}

async function opensForeignRecord(): Promise<void> {
  const records = { ...memoryKeyrings(), read: async () => ({ version: 7, text: SEALED }) }
  const stored = await sealed(records, MASTER_KEY).load('acme')
  const [key] = stored?.ring.keys ?? []
  const seen = [stored?.version, key?.id, key && reveal(key.secret), stored?.ring.tombstones.join()].join(' ')
  if (seen !== '7 key-1 fake-secret-ü key-0') throw new Error(`it was read as ${seen}`)
}
