import type { Finding, PipelineTrace } from '@countersign/core/explain'
import { type ByteDifference, differenceOf } from './byte-difference.js'

/** A finding as `--json` prints it: where bytes differ, and not the bytes, which are the body. */
export function findingJson(finding: Finding, trace: PipelineTrace) {
  const { code, summary, fix, keyId, certain, together } = finding
  return { code, summary, fix, keyId, certain, together, difference: signedDifference(finding, trace) }
}

function signedDifference({ signedContent }: Finding, trace: PipelineTrace): ByteDifference | undefined {
  if (signedContent === undefined || trace.signedContent === undefined) return undefined
  return differenceOf(trace.signedContent(), signedContent())
}
