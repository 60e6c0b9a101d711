/** Code shared by the n8n packages and bundled into each. Independent of any service. */
export * from './activationPoll';
export * from './choice';
export * from './credentialRequest';
export * from './fileOutput';
export * from './limit';
export * from './nodeError';
export * from './nodeState';
export * from './numberField';
export * from './onePollAtATime';
export * from './operation';
export * from './output';
export * from './parameters';
export * from './period';
export * from './refusal';
export * from './execute';
export * from './transport';
export * from './triggerOn';
