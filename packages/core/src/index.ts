export type { BodyInput, FetchRequest } from './body.js'
export { keyring } from './checked-keyring.js'
export type { DigestEncoding } from './encoding.js'
export { CountersignError, type ErrorCode } from './errors.js'
export { generateSecret } from './generate-secret.js'
export type { Hash } from './hash.js'
export type { HeadersInput } from './headers.js'
export type { Claim, IdempotencyStore } from './idempotency-store.js'
export type { Key, KeyState } from './key.js'
export type { KeyInput } from './key-input.js'
export type { KeySource } from './key-source.js'
export type { KeyDescription, Keyring } from './keyring.js'
export { exportKeyring, parseKeyring } from './keyring-format.js'
export type { KeysInput } from './keys-input.js'
export { nextRotation } from './next-rotation.js'
export type { Observation, ObservationNote, Observe } from './observation.js'
export { type AnyProvider, defineProvider, type Provider } from './provider.js'
export { requireOneOf, requireOption } from './provider-option.js'
export { prune, revoke } from './revoke.js'
export { type RotateOptions, rotate } from './rotate.js'
export type { RotationPolicy } from './rotation-policy.js'
export type { StandardSchema } from './schema.js'
export type {
  Candidate,
  HmacScheme,
  ParsedSignature,
  Scheme,
  SignatureField,
  SignedMessage,
  TokenScheme,
} from './scheme.js'
export { reveal, type Secret, type SecretEncoding, type SecretOptions } from './secret.js'
export { secret } from './secret-from-text.js'
export { type SignOptions, sign } from './sign.js'
export { promote, stage } from './stage.js'
export { parseRfc3339 } from './timestamp.js'
export { type Accepted, type Rejected, type RejectReason, statusOf, unwrap, type Verdict } from './verdict.js'
export { createVerifier, type Delivery, type Verifier, type VerifierOptions, type VerifyContext } from './verifier.js'
