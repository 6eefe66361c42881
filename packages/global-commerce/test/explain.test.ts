import { explainSuite } from '@countersign/testkit'
import { test } from 'vitest'
import { globalCommerce } from '../src/index.js'
import vectors from './vectors.json' with { type: 'json' }

for (const { name, run } of explainSuite(globalCommerce, vectors)) test(name, run)
