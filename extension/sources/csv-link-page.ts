/** Parts of an address where people sign in. */
const SIGN_IN_PATH = /(?:^|[/._-])(?:log-?in|sign-?in|signon|sso|auth|oauth2?|authorize|saml2?|session|accounts?)(?:[/._?-]|$)/i;
const PASSWORD_FIELD = /<input\b[^>]{0,400}\btype\s{0,5}=\s{0,5}["']?password\b/i;
const SIGN_IN_TITLE =
  /<title[^>]{0,100}>[^<]{0,200}\b(?:log\s?-?in|log\s?-?on|sign\s?-?in|anmeld|einloggen|connexion|se connecter|iniciar sesi|acceder|accedi|inloggen|logga in|entrar|zaloguj)[^<]{0,200}</i;

/** Says whether a web page (its first bytes, and the address it came from) asks the user to sign in. */
export function isLoginPage(head: Uint8Array, address: string): boolean {
  const text = new TextDecoder().decode(head);
  if (PASSWORD_FIELD.test(text) || SIGN_IN_TITLE.test(text)) return true;
  const { hostname, pathname } = new URL(address);
  // A site of its own for signing in, as accounts.google.com.
  return /^(?:accounts|auth|login|sso|id|signin)\./.test(hostname) || SIGN_IN_PATH.test(pathname);
}
