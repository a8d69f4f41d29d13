-- Made by the release before words were sealed (schema 0004), from invented talks.
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0004');
CREATE TABLE answers (
	id VARCHAR(43) NOT NULL, 
	question_id VARCHAR(43) NOT NULL, 
	message_id VARCHAR(43) NOT NULL, 
	status VARCHAR(16) NOT NULL, 
	risk VARCHAR(16) NOT NULL, 
	engine VARCHAR(24) NOT NULL, 
	confidence FLOAT NOT NULL, 
	passages JSON NOT NULL, 
	actions JSON NOT NULL, 
	timings_ms JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT fk_answers_question FOREIGN KEY(question_id) REFERENCES messages (id) ON DELETE CASCADE, 
	CONSTRAINT fk_answers_message FOREIGN KEY(message_id) REFERENCES messages (id) ON DELETE CASCADE
);
INSERT INTO "answers" VALUES('K7Y9yIPRbPyQyLl2di6k3FtVhKhBvsB9S2cvLOJKx7M','jWo19MU9qQq7hn2qr1wk1Mx2PShqVpp45qSzCJwcIGk','ONjA5cIjvh3UwSllOecnFKLObsGhl80V1wo4FCTejQ4','answered','none','entries',0.8,'["visit-tomorrow"]','["\u4ed6\u4eec\u5728\u7838\u95e8\u600e\u4e48\u529e"]','{"Retrieve": 2.5}','2026-11-30 04:32:13.192191');
INSERT INTO "answers" VALUES('IaqwXMZXUR3oP0AdPDVunHKN2rYGrwOwxnk2YCbUojU','fLJCeNI2AiA6h8hBYKGBRm0kUZXdRp0Dw5slDfMQmNM','lKFKEeFRPE2YRGqZlozu9EQcOrhcJPq_V6G4GOaGcXs','answered','none','entries',0.8,'["visit-tomorrow"]','["\u4ed6\u4eec\u5728\u7838\u95e8\u600e\u4e48\u529e"]','{}','2026-11-30 04:32:13.244197');
INSERT INTO "answers" VALUES('wo9sG0kAQFhzN4g15qJ1HhQZCp_C_dYHHHTIxAeZmuQ','vmk6Nz_ytGBgxbRPk55mEfshzY7o1ggpsd6QjWBtYO4','rTA235tdMpxYDoHFkSxQijPCDjVU5dZwxuOvDpIlbsQ','answered','none','entries',0.8,'["visit-tomorrow"]','["\u4ed6\u4eec\u5728\u7838\u95e8\u600e\u4e48\u529e"]','{}','2026-11-30 04:32:13.508111');
CREATE TABLE conversations (
	id VARCHAR(43) NOT NULL, 
	transport VARCHAR(16) NOT NULL, 
	"key" VARCHAR(128) NOT NULL, 
	language VARCHAR(16), 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_conversations_transport_key UNIQUE (transport, "key")
);
INSERT INTO "conversations" VALUES('dK-dikkOcJYuUOKrl_ek3nWHaVMjLFxAeeBWwz4AXqI','telegram','7',NULL,'2026-11-30 04:32:13.124529');
INSERT INTO "conversations" VALUES('iY_MG5U4IL2poi1BQvo-nwtsG2WAtv92nY1ZF2txDio','web','2YVJxfjYbDTK7oJdBBMeaG4JYFmSNlbeejNnoNFg1I4',NULL,'2026-11-30 04:32:13.484184');
CREATE TABLE feedback (
	id VARCHAR(43) NOT NULL, 
	answer_id VARCHAR(43) NOT NULL, 
	useful BOOLEAN NOT NULL, 
	reason TEXT, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT fk_feedback_answer FOREIGN KEY(answer_id) REFERENCES answers (id) ON DELETE CASCADE, 
	UNIQUE (answer_id)
);
INSERT INTO "feedback" VALUES('AbGuANNN00IjkkHBueGD_5gb4A16Pje7kSVruQP0ED0','K7Y9yIPRbPyQyLl2di6k3FtVhKhBvsB9S2cvLOJKx7M',0,'看不懂','2026-11-30 04:32:13.271145');
CREATE TABLE interviews (
	conversation_id VARCHAR(43) NOT NULL, 
	state TEXT NOT NULL, 
	changed_at DATETIME NOT NULL, 
	PRIMARY KEY (conversation_id), 
	CONSTRAINT fk_interviews_conversation FOREIGN KEY(conversation_id) REFERENCES conversations (id) ON DELETE CASCADE
);
INSERT INTO "interviews" VALUES('dK-dikkOcJYuUOKrl_ek3nWHaVMjLFxAeeBWwz4AXqI','{"kind": "plan", "income": "6500"}','2026-11-30 04:32:13.301733');
CREATE TABLE messages (
	id VARCHAR(43) NOT NULL, 
	conversation_id VARCHAR(43) NOT NULL, 
	place INTEGER NOT NULL, 
	role VARCHAR(16) NOT NULL, 
	text TEXT NOT NULL, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT fk_messages_conversation FOREIGN KEY(conversation_id) REFERENCES conversations (id) ON DELETE CASCADE
);
INSERT INTO "messages" VALUES('jWo19MU9qQq7hn2qr1wk1Mx2PShqVpp45qSzCJwcIGk','dK-dikkOcJYuUOKrl_ek3nWHaVMjLFxAeeBWwz4AXqI',0,'user','催收说今天上门，我该怎么办','2026-11-30 04:32:13.192191');
INSERT INTO "messages" VALUES('ONjA5cIjvh3UwSllOecnFKLObsGhl80V1wo4FCTejQ4','dK-dikkOcJYuUOKrl_ek3nWHaVMjLFxAeeBWwz4AXqI',1,'assistant','先不开门。
报警电话：110。','2026-11-30 04:32:13.192191');
INSERT INTO "messages" VALUES('fLJCeNI2AiA6h8hBYKGBRm0kUZXdRp0Dw5slDfMQmNM','dK-dikkOcJYuUOKrl_ek3nWHaVMjLFxAeeBWwz4AXqI',2,'user','我欠[金额]，怕他们找家人','2026-11-30 04:32:13.244197');
INSERT INTO "messages" VALUES('lKFKEeFRPE2YRGqZlozu9EQcOrhcJPq_V6G4GOaGcXs','dK-dikkOcJYuUOKrl_ek3nWHaVMjLFxAeeBWwz4AXqI',3,'assistant','先不开门。
报警电话：110。','2026-11-30 04:32:13.244197');
INSERT INTO "messages" VALUES('vmk6Nz_ytGBgxbRPk55mEfshzY7o1ggpsd6QjWBtYO4','iY_MG5U4IL2poi1BQvo-nwtsG2WAtv92nY1ZF2txDio',0,'user','收到支付令怎么办','2026-11-30 04:32:13.508111');
INSERT INTO "messages" VALUES('rTA235tdMpxYDoHFkSxQijPCDjVU5dZwxuOvDpIlbsQ','iY_MG5U4IL2poi1BQvo-nwtsG2WAtv92nY1ZF2txDio',1,'assistant','先不开门。
报警电话：110。','2026-11-30 04:32:13.508111');
CREATE TABLE telegram_chats (
	chat_id BIGINT NOT NULL, 
	owner VARCHAR(128), 
	leased_until DATETIME NOT NULL, 
	silent_until DATETIME, 
	PRIMARY KEY (chat_id)
);
CREATE TABLE telegram_outbox (
	id INTEGER NOT NULL, 
	chat_id BIGINT NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	body JSON NOT NULL, 
	content BLOB, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "telegram_outbox" VALUES(1,8,'document','{"html": "\u65b9\u6848\u5728\u9644\u4ef6\u91cc"}',X'E99984E4BBB6E58685E5AEB9','2026-11-30 04:32:13.368113');
CREATE TABLE telegram_updates (
	update_id BIGINT NOT NULL, 
	chat_id BIGINT NOT NULL, 
	fingerprint VARCHAR(16) NOT NULL, 
	body TEXT, 
	draft_id BIGINT, 
	waiting BOOLEAN NOT NULL, 
	received_at DATETIME NOT NULL, 
	PRIMARY KEY (update_id)
);
INSERT INTO "telegram_updates" VALUES(11,7,'7a52e08e04fbc35b','{"text": "还在等回答的话"}',NULL,1,'2026-11-30 04:32:13.336143');
INSERT INTO "telegram_updates" VALUES(12,8,'01e7b720ff566d53',NULL,NULL,0,'2026-11-30 04:32:13.336151');
CREATE TABLE web_answers (
	id VARCHAR(64) NOT NULL, 
	conversation_id VARCHAR(43) NOT NULL, 
	run VARCHAR(16) NOT NULL, 
	request VARCHAR(64) NOT NULL, 
	events JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT fk_web_answers_conversation FOREIGN KEY(conversation_id) REFERENCES web_conversations (id) ON DELETE CASCADE
);
INSERT INTO "web_answers" VALUES('a5cfd2e90122d493d7b7e967ba63fe18e8742422eec1850e70798980fd82e23a','2YVJxfjYbDTK7oJdBBMeaG4JYFmSNlbeejNnoNFg1I4','run','request','["event: done\n\n"]','2026-11-30 04:32:13.440125');
CREATE TABLE web_conversations (
	id VARCHAR(43) NOT NULL, 
	token_hash VARCHAR(64) NOT NULL, 
	site VARCHAR(64), 
	created_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "web_conversations" VALUES('2YVJxfjYbDTK7oJdBBMeaG4JYFmSNlbeejNnoNFg1I4','d915a3216643cb48796db435fb6b88665a1945aa16eec50759bfb11e133712eb',NULL,'2026-11-30 04:32:13.420130','2026-12-01 04:32:13.420130');
CREATE INDEX ix_messages_conversation_id ON messages (conversation_id);
CREATE INDEX ix_answers_question_id ON answers (question_id);
CREATE INDEX ix_answers_message_id ON answers (message_id);
CREATE INDEX ix_telegram_updates_chat ON telegram_updates (chat_id, update_id);
CREATE INDEX ix_telegram_updates_waiting ON telegram_updates (waiting);
CREATE INDEX ix_telegram_outbox_chat_id ON telegram_outbox (chat_id);
CREATE INDEX ix_web_conversations_expires_at ON web_conversations (expires_at);
CREATE INDEX ix_web_answers_conversation_id ON web_answers (conversation_id);
COMMIT;
