extension MenuLibrary {
    /// `/certificate`.
    static let certificateMenus = """
        menu /certificate table
        prints active inactive
        prints show-sensitive since 7.22
        verbs add set remove sign import export-certificate create-certificate-request sign-certificate-request
        verbs issued-revoke card-reinstall card-verify add-scep
        verbs enable-ssl-certificate scep-renew unset since 7.1
        verbs add-acme since 7.22
        verbs acme-renew since 7.24
        argument sign ca @/certificate
        argument sign ca-crl-host text
        argument sign name text
        argument import file-name text required
        argument import name text
        argument import passphrase text
        argument import no-key-export flag since 7.16
        argument import trusted flag since 7.16
        argument import trust-store text since 7.22
        argument export-certificate file-name text
        argument export-certificate export-passphrase text
        argument export-certificate type pem|pkcs12
        setting name text required
        fact issuer text
        setting digest-algorithm md5|sha1|sha256|sha384|sha512 default sha256
        fact key-type text default rsa
        setting country text
        setting state text
        setting locality text
        setting organization text
        setting unit text
        setting common-name text
        setting key-size text default 2048
        setting subject-alt-name text default ""
        setting days-valid integer default 365
        setting trusted flag default false
        setting trust-store text since 7.22
        setting key-usage digital-signature|content-commitment|key-encipherment|data-encipherment|key-agreement|key-cert-sign|crl-sign|encipher-only|decipher-only|dvcs|server-gated-crypto|ocsp-sign|timestamp|ipsec-user|ipsec-tunnel|ipsec-end-system|email-protect|code-sign|tls-server|tls-client... default digital-signature,key-encipherment,data-encipherment,key-cert-sign,crl-sign,tls-server,tls-client
        fact serial-number text
        fact fingerprint text
        fact akid text
        fact skid text
        fact invalid-before date
        fact invalid-after date
        fact expires-after duration
        fact private-key flag
        fact authority flag
        fact issued flag
        fact revoked flag
        fact expired flag
        key name
        duplicate failure: certificate with such name already exists
        """
}
