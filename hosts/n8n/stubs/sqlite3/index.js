// n8n calls require('sqlite3'), whose native binding is downloaded from GitHub or compiled when it is installed.
// This fork has the same interface and carries its binaries in the npm package, but is an ES module: hand on its default.
'use strict';

module.exports = require('@appthreat/sqlite3').default;
