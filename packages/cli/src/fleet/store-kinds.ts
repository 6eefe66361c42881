export const STORE_KINDS = ['redis', 'postgres'] as const
export type StoreKind = (typeof STORE_KINDS)[number]
