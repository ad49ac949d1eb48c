"""`./desk cert HOST…`: a local certificate authority, and a certificate that tablets on the local network believe."""

import argparse
import contextlib
import datetime
import ipaddress
import os
import re
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from shared.lib.config import settings

AUTHORITY_DAYS, CERTIFICATE_DAYS = 3650, 397
_NAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(?:\.(?!-)[a-z0-9-]{1,63})*", re.I)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("hosts", nargs="+", type=_host, metavar="HOST", help="name or address the tablets will use")


def main(args: argparse.Namespace) -> int:
    """Writes ca.pem (to trust on each device), cert.pem and key.pem into the data folder."""
    folder = settings().data / "tls"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    authority, authority_key = _authority(folder)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate(args.hosts, key, authority, authority_key)
    _write(folder / "cert.pem", certificate.public_bytes(serialization.Encoding.PEM))
    _write(folder / "key.pem", _pem(key))
    print(f"Trust this on each tablet and computer, once: {folder / 'ca.pem'}")
    print("Start with:")
    print(
        f"DESK_TLS_CERT={folder / 'cert.pem'} DESK_TLS_KEY={folder / 'key.pem'} "
        f"DESK_HOST=0.0.0.0 DESK_PUBLIC_URL=https://{args.hosts[0]}:{settings().port} ./desk run"
    )
    return 0


def _host(given: str) -> str:
    with contextlib.suppress(ValueError):
        return str(ipaddress.ip_address(given))
    if not _NAME.fullmatch(given):
        raise argparse.ArgumentTypeError(f"{given} is neither a host name nor an address")
    return given


def _authority(folder: Path) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """The authority of this installation; made once."""
    if (folder / "ca.pem").exists():
        key = serialization.load_pem_private_key((folder / "ca-key.pem").read_bytes(), None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        return x509.load_pem_x509_certificate((folder / "ca.pem").read_bytes()), key
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Foyer local authority")])
    builder = _builder(name, name, key, AUTHORITY_DAYS)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(signs=True), critical=True)
    certificate = builder.sign(key, hashes.SHA256())
    _write(folder / "ca-key.pem", _pem(key))
    _write(folder / "ca.pem", certificate.public_bytes(serialization.Encoding.PEM), mode=0o644)
    return certificate, key


def _certificate(
    hosts: list[str],
    key: ec.EllipticCurvePrivateKey,
    authority: x509.Certificate,
    authority_key: ec.EllipticCurvePrivateKey,
) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0][:64])])
    builder = _builder(name, authority.subject, key, CERTIFICATE_DAYS)
    names = x509.SubjectAlternativeName([_alternative(host) for host in [*hosts, "localhost", "127.0.0.1"]])
    builder = builder.add_extension(names, critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(signs=False), critical=True)
    builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    return builder.sign(authority_key, hashes.SHA256())


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, days: int
) -> x509.CertificateBuilder:
    now = datetime.datetime.now(datetime.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=days))
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    nothing = dict.fromkeys(
        (
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    return x509.KeyUsage(digital_signature=not signs, key_cert_sign=signs, crl_sign=signs, **nothing)


def _alternative(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write(path: Path, content: bytes, mode: int = 0o600) -> None:
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
