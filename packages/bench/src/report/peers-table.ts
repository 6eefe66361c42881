import { PEERS } from '../peers/index.js'
import type { Table } from './table.js'

const TAKES = {
  bytes: 'the bytes',
  text: 'text: decoding is part of it',
  Request: 'a `Request`: making one is part of it',
}

export function peersTable(): Table {
  return {
    title: 'The peers',
    notes: ['Bodies are ASCII, which is the kindest to those that take text.'],
    head: ['', 'under the MAC', 'takes', 'remark'],
    rows: PEERS.map(({ title, isStamped, takes, note = '' }) => [
      title,
      isStamped ? 'timestamp and body' : 'body',
      TAKES[takes],
      note,
    ]),
  }
}
