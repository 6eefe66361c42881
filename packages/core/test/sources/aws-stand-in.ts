import type { IncomingMessage } from 'node:http'
import { type Answer, type StandIn, standIn } from './stand-in.js'

/** A version as Secrets Manager has it. */
interface AwsVersion {
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly created: number
  readonly text?: string
  readonly bytes?: Uint8Array
}

export interface AwsStandIn extends StandIn {
  /** Which version has which stage. */
  stages: Partial<Record<string, AwsVersion>>
  /** What it answers instead, by its stage. */
  faults: Partial<Record<string, Answer>>
  /** Called before it answers. */
  before: (stage: string) => void
  asked: string[]
}

const SECRET_ID = 'webhooks/acme'

/**
 * Stands in for AWS Secrets Manager: it speaks AWS JSON 1.1 (https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html) for
 * `GetSecretValue` of one secret, with the real shapes of answers and errors. It sees that a request is signed, and does not
 * check the signature.
 */
export async function startAws(): Promise<AwsStandIn> {
  const server = await standIn((request, body) => answerTo(aws, request, body))
  const aws: AwsStandIn = { ...server, stages: {}, faults: {}, before: () => undefined, asked: [] }
  return aws
}

export function awsError(type: string, message: string, status = 400): Answer {
  return {
    status,
    headers: { 'Content-Type': 'application/x-amz-json-1.1' },
    body: JSON.stringify({ __type: type, Message: message }),
  }
}

function answerTo(aws: AwsStandIn, { method, url, headers }: IncomingMessage, body: string): Answer {
  const isRight = method === 'POST' && url === '/' && headers['content-type'] === 'application/x-amz-json-1.1'
  if (!isRight) return awsError('UnknownOperationException', `${method} ${url} ${headers['content-type']}`)
  if (headers['x-amz-target'] !== 'secretsmanager.GetSecretValue')
    return awsError('UnknownOperationException', 'target')
  if (!/^AWS4-HMAC-SHA256 Credential=\S+\/secretsmanager\/aws4_request, /.test(headers.authorization ?? '')) {
    return awsError('MissingAuthenticationTokenException', 'Missing Authentication Token')
  }
  const { SecretId, VersionStage } = JSON.parse(body)
  if (SecretId !== SECRET_ID)
    return awsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.")
  aws.asked.push(VersionStage)
  aws.before(VersionStage)
  return aws.faults[VersionStage] ?? answerFor(aws, VersionStage)
}

function answerFor({ stages }: AwsStandIn, stage: string): Answer {
  const version = stages[stage]
  if (version === undefined) {
    const met = `Secrets Manager can't find the specified secret value for staging label: ${stage}`
    return awsError('ResourceNotFoundException', met)
  }
  const value = {
    ARN: `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${SECRET_ID}-a1b2c3`,
    // Seconds, with a fraction.
    CreatedDate: version.created / 1000,
    Name: SECRET_ID,
    ...(version.bytes
      ? { SecretBinary: Buffer.from(version.bytes).toString('base64') }
      : { SecretString: version.text }),
    VersionId: version.id,
    VersionStages: Object.keys(stages).filter((label) => stages[label]?.id === version.id),
  }
  return { status: 200, headers: { 'Content-Type': 'application/x-amz-json-1.1' }, body: JSON.stringify(value) }
}
