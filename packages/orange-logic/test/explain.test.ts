import { explainSuite } from '@countersign/testkit'
import { test } from 'vitest'
import { orangeLogic } from '../src/index.js'
import vectors from './vectors.json' with { type: 'json' }

for (const { name, run } of explainSuite(orangeLogic, vectors)) test(name, run)
