/** What every service and host shares: errors, transport, base URL, Vietnam time. An entry of its own, so that a bundle carries only what it uses. */
export * from './errors/ApiError';
export * from './errors/IncompleteReadError';
export * from './errors/foreignError';
export * from './errors/NetworkError';
export * from './errors/PagingError';
export * from './errors/ParameterError';
export * from './errors/RecordError';
export * from './errors/SaokeError';
export * from './http/baseUrl';
export * from './json/pickFields';
export * from './json/readTextList';
export type * from './http/transport';
export * from './time/toVietnamDay';
export * from './time/vietnamTime';
