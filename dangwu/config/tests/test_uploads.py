import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from dangwu.config.uploads import MEBIBYTE, LimitUploads


def answer(length: str) -> HttpResponse:
    def site(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("收到")

    return LimitUploads(site)(RequestFactory().post("/", CONTENT_LENGTH=length))


@pytest.mark.parametrize("length", ["", "0", "abc", str(200 * MEBIBYTE)])
def test_what_fits_goes_through(length: str) -> None:
    assert answer(length).content.decode() == "收到"


def test_more_than_the_limit_is_refused_with_sizes_and_a_remedy() -> None:
    response = answer(str(200 * MEBIBYTE + 1))
    page = response.content.decode()
    assert response.status_code == 413
    assert "共约 201 兆字节，一次最多 200 兆字节" in page
    assert "分几次上传" in page
