"""Choosing files on a phone or at a desk: several at once."""

from typing import TYPE_CHECKING, Any

from django import forms

from dangwu.foundation.files.inspecting import ACCEPTED, LARGEST, OFFERED
from dangwu.foundation.pages.forms import SafeForm
from dangwu.records.services.attaching import MOST

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

NO_FILE = "请选择要上传的文件。"


class FilesInput(forms.ClearableFileInput):
    """The browser's own, for several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files; what they are is looked into later, one by one."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list["UploadedFile[Any]"]:  # noqa: ANN401, ARG002 - Django's own
        """All that were chosen; an empty one is told of where it is looked into."""
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file is not None]
        if not files:
            raise forms.ValidationError(NO_FILE)
        if len(files) > MOST:
            raise forms.ValidationError(f"一次最多上传 {MOST} 个文件，请分几次上传。")
        return files


class AttachForm(SafeForm):
    """What is to be put to an activity."""

    chosen = FilesField(
        label="选择文件",
        help_text=f"{OFFERED}每个不超过 {LARGEST // 1024**2} MB，可以一次选几个。照片中的拍摄地点等信息会自动去除。",
        widget=FilesInput(attrs={"class": "form-control", "accept": ACCEPTED}),
    )
