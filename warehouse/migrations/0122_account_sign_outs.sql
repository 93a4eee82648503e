-- Ends all sessions and sign-in links of an account that were made before.
CREATE TABLE account_sign_outs
(
    account String,
    ended_at DateTime64(6, 'Asia/Shanghai')
)
ENGINE = MergeTree
ORDER BY (account, ended_at);
