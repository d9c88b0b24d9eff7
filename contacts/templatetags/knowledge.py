"""The forms of the panel of what is known of a person: the refused one, else an empty one."""

from django.template import Library

from contacts.knowledge_forms import InterestForm, ValueForm

register = Library()


@register.simple_tag
def interest_form_or(form: InterestForm | str) -> InterestForm:
    """This form, if there is one."""
    return form or InterestForm()  # type: ignore[return-value]


@register.simple_tag
def value_form_or(form: ValueForm | str) -> ValueForm:
    """This form, if there is one."""
    return form or ValueForm()  # type: ignore[return-value]
