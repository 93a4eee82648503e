-- Accounts are a log of changes: the newest row of a name is the account, the older ones are its history.
CREATE TABLE account_changes (
  name String,
  roles Array(LowCardinality(String)),
  units Array(String),
  areas Array(String),
  disabled Bool,
  changed_at DateTime64(6, 'Asia/Shanghai'),
  changed_by String
) ENGINE = MergeTree ORDER BY (name, changed_at);

-- Tokens are kept as SHA-256 hashes only.
CREATE TABLE sign_in_links (
  token_hash String,
  account String,
  created_at DateTime64(6, 'Asia/Shanghai'),
  expires_at DateTime64(6, 'Asia/Shanghai')
) ENGINE = MergeTree ORDER BY token_hash;

-- Using a link inserts a claim; the claim with the lowest block number was committed first and is the only one that counts.
CREATE TABLE sign_in_claims (
  token_hash String,
  claim UUID,
  claimed_at DateTime64(6, 'Asia/Shanghai')
) ENGINE = MergeTree ORDER BY token_hash
SETTINGS enable_block_number_column = 1;

CREATE TABLE sessions (
  token_hash String,
  account String,
  created_at DateTime64(6, 'Asia/Shanghai'),
  expires_at DateTime64(6, 'Asia/Shanghai')
) ENGINE = MergeTree ORDER BY token_hash;

CREATE TABLE session_ends (
  token_hash String,
  ended_at DateTime64(6, 'Asia/Shanghai')
) ENGINE = MergeTree ORDER BY token_hash;

CREATE TABLE access_log (
  at DateTime64(3, 'Asia/Shanghai'),
  request_id UUID,
  account String,
  method LowCardinality(String),
  route LowCardinality(String),
  path String,
  status UInt16,
  duration_ms Float32
) ENGINE = MergeTree PARTITION BY toYYYYMM(at) ORDER BY at;
