// n8n hands its web server to Sentry and closes Sentry at its end even when no DSN is set. Then both do nothing,
// as in the real package; n8n asks for the rest of it only with a DSN, which the demo never sets.
'use strict';

module.exports.setupExpressErrorHandler = () => {};
module.exports.close = async () => true;
