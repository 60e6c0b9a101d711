/** Casso's webhook deliveries: verifying, signing, parsing, repeats. A separate entry, so that a bundle contains only what it uses. */
export * from './casso/webhook/parse';
export * from './casso/webhook/address';
export * from './casso/webhook/rejection';
export * from './casso/webhook/dedupe';
export * from './casso/webhook/signature';
export * from './casso/webhook/verify';
export * from './log';
