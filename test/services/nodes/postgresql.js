/**
 * Stands in for node-red-contrib-postgresql where that cannot be installed, on a real Postgres: of its documented
 * behaviour, what a recipe uses (a query with msg.params, rows in msg.payload, msg.pgsql, failures to Catch).
 */
const { Pool } = require('pg');

module.exports = function (RED) {
	RED.nodes.registerType('postgreSQLConfig', function (settings) {
		RED.nodes.createNode(this, settings);
		const value = (name) => {
			const [given, type] = [settings[name], settings[`${name}FieldType`]];
			if (type === 'env') return process.env[given];
			if (type === 'num') return Number(given);
			return type === 'bool' ? given === true || given === 'true' : given;
		};
		this.pool = new Pool({
			host: value('host'),
			port: value('port'),
			database: value('database'),
			user: value('user'),
			password: value('password'),
			ssl: value('ssl'),
			max: value('max'),
			idleTimeoutMillis: value('idle'),
			connectionTimeoutMillis: value('connectionTimeout'),
		});
		// A connection that breaks while nobody uses it must not end the process.
		this.pool.on('error', () => undefined);
		this.on('close', (_removed, done) => {
			this.pool.end().then(() => done(), done);
		});
	});

	RED.nodes.registerType('postgresql', function (settings) {
		RED.nodes.createNode(this, settings);
		const { pool } = RED.nodes.getNode(settings.postgreSQLConfig);
		this.on('input', (msg, send, done) => {
			pool.query(msg.query ?? settings.query, msg.params ?? []).then(({ rows, command, rowCount }) => {
				send(Object.assign(msg, { payload: rows, pgsql: { command, rowCount } }));
				done();
			}, done);
		});
	});
};
