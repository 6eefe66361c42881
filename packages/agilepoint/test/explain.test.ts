import { explainSuite } from '@countersign/testkit'
import { test } from 'vitest'
import { agilePoint } from '../src/index.js'
import vectors from './vectors.json' with { type: 'json' }

for (const { name, run } of explainSuite(agilePoint, vectors)) test(name, run)
