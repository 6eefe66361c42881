import { explainSuite } from '@countersign/testkit'
import { test } from 'vitest'
import { insider } from '../src/index.js'
import vectors from './vectors.json' with { type: 'json' }

for (const { name, run } of explainSuite(insider, vectors)) test(name, run)
