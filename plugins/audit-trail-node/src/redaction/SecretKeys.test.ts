import { SecretKeys } from './SecretKeys';

const keys = SecretKeys.create({
  keys: ['partnerCode', 'iban'],
  allow: ['colour_token', 'pin'],
});

describe('SecretKeys', () => {
  it.each(
    `password Password PASSWORD db_password newPassword password2 dbpassword
    passwordHash PGPASSWORD DB_PASS passwd pwd secret clientSecret
    CLIENT-SECRET secretKey secret_stripe token accessToken GITHUB_TOKEN
    oauth2Token id_token idtoken password_reset_token apiKey APIKey api_key
    x-api-key apikey API_KEY_STAGING accessKey aws_secret_access_key privateKey
    privateKeyPem writeKey write_keys authorization Proxy-Authorization
    set-cookie cookies credentials connectionString sessionId passphrase
    spec.env.password /settings/apiKey secrets.prod.value
    ｐａｓｓｗｏｒｄ partner_code PartnerCodes customerIban`.split(/\s+/),
  )('%s names a secret', key => {
    expect(keys.namesSecret(key)).toBe(true);
  });

  it.each(
    `tokenId tokenName token_type tokenExpiresAt keyId key primaryKey public_key
    access_key_id tokens_used max_tokens total_tokens nextPageToken next_token
    secretName secretRef secretary passwordless password_changed_at
    passwordPolicy hasPassword is_secret pass_rate compass passport bypass
    cookie_consent author authorId authentication authorizationInfo
    tracking_plan_id tracking_plan_connected monkey keyboard tokenizer
    spec.token.name password.policy.minLength colour_token colourToken
    theme.colourToken pin`.split(/\s+/),
  )('%s names none', key => {
    expect(keys.namesSecret(key)).toBe(false);
  });

  it('allows a key and not all that have it in them', () => {
    expect(keys.namesSecret('pin')).toBe(false);
    expect(keys.namesSecret('user_pin')).toBe(true);
  });
});
