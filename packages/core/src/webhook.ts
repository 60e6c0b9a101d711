/** Casso's webhook deliveries: verifying, signing, parsing, repeats. An entry of its own, so that a bundle carries only what it uses. */
export * from './casso/webhook/parseDelivery';
export * from './casso/webhook/publicAddress';
export * from './casso/webhook/refusal';
export * from './casso/webhook/repeatMemory';
export * from './casso/webhook/secureToken';
export * from './casso/webhook/signWebhook';
export * from './casso/webhook/verifyWebhook';
export * from './text/logThrottle';
