import { explainSuite } from '@countersign/testkit'
import { test } from 'vitest'
import { autify } from '../src/index.js'
import vectors from './vectors.json' with { type: 'json' }

for (const { name, run } of explainSuite(autify, vectors)) test(name, run)
