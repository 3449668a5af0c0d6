"""The SPARQL 1.1 Protocol, as far as a query needs it."""

from provenance.errors import StoreError
from provenance.files import tells_user, without_user
from provenance.sessions import PASSWORD, USER, cause, open_session, refusal

_HEADERS = {"Accept": "application/sparql-results+json"}


def post_query(address: str, text: str, timeout: float) -> bytes:
    """Return what the endpoint at *address* answers to the query *text*, as JSON.

    It is asked to count its named graphs as one, as most do anyway; Oxigraph's server does so on
    this parameter, others pass over it.

    Raises:
        StoreError: It is unreachable or refuses.
    """
    if tells_user(address):
        how = f"set {USER} and {PASSWORD}, or use .netrc"
        raise StoreError(f"cannot query that address: it holds a password: {how}")
    import requests

    form = {"query": text, "union-default-graph": "true"}
    try:
        with open_session() as session:
            answer = session.post(
                address, form, headers=_HEADERS, timeout=timeout, allow_redirects=False
            )
    except (requests.RequestException, ValueError) as error:
        raise StoreError(f"cannot query {address}: {cause(error)}") from error
    if not answer.ok or answer.is_redirect:
        raise StoreError(f"cannot query {address}: {without_user(refusal(answer))}")
    return answer.content
