/** Casso's webhook deliveries: verifying, signing, parsing, repeats. An entry of its own, so that a bundle carries only what it uses. */
export * from './casso/webhook/parse';
export * from './casso/webhook/address';
export * from './casso/webhook/rejection';
export * from './casso/webhook/dedupe';
export * from './casso/webhook/signature';
export * from './casso/webhook/verify';
export * from './log';
