export {
  type AwsSecretsManagerOptions,
  awsSecretsManager,
  type SecretsManagerClient,
  type SecretVersion,
} from './sources/aws-secrets-manager.js'
export { type EnvironmentOptions, environment } from './sources/environment.js'
export type { ManagedKeySource, ManagedSecretOptions, SecretField } from './sources/managed-secret.js'
export { type VaultKv2Options, vaultKv2 } from './sources/vault-kv2.js'
export type { VaultAccess, VaultFetch } from './sources/vault-reader.js'
