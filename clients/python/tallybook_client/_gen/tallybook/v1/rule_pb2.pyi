import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from google.type import dayofweek_pb2 as _dayofweek_pb2
from google.type import timeofday_pb2 as _timeofday_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Rounding(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ROUNDING_UNSPECIFIED: _ClassVar[Rounding]
    ROUNDING_FLOOR: _ClassVar[Rounding]
    ROUNDING_CEILING: _ClassVar[Rounding]
    ROUNDING_HALF_UP: _ClassVar[Rounding]
    ROUNDING_HALF_EVEN: _ClassVar[Rounding]

class AttributeType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ATTRIBUTE_TYPE_UNSPECIFIED: _ClassVar[AttributeType]
    ATTRIBUTE_TYPE_TEXT: _ClassVar[AttributeType]
    ATTRIBUTE_TYPE_NUMBER: _ClassVar[AttributeType]
    ATTRIBUTE_TYPE_FLAG: _ClassVar[AttributeType]

class CapPeriod(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CAP_PERIOD_UNSPECIFIED: _ClassVar[CapPeriod]
    CAP_PERIOD_EVENT: _ClassVar[CapPeriod]
    CAP_PERIOD_DAY: _ClassVar[CapPeriod]
    CAP_PERIOD_WEEK: _ClassVar[CapPeriod]
    CAP_PERIOD_MONTH: _ClassVar[CapPeriod]
    CAP_PERIOD_YEAR: _ClassVar[CapPeriod]
    CAP_PERIOD_LIFE: _ClassVar[CapPeriod]
ROUNDING_UNSPECIFIED: Rounding
ROUNDING_FLOOR: Rounding
ROUNDING_CEILING: Rounding
ROUNDING_HALF_UP: Rounding
ROUNDING_HALF_EVEN: Rounding
ATTRIBUTE_TYPE_UNSPECIFIED: AttributeType
ATTRIBUTE_TYPE_TEXT: AttributeType
ATTRIBUTE_TYPE_NUMBER: AttributeType
ATTRIBUTE_TYPE_FLAG: AttributeType
CAP_PERIOD_UNSPECIFIED: CapPeriod
CAP_PERIOD_EVENT: CapPeriod
CAP_PERIOD_DAY: CapPeriod
CAP_PERIOD_WEEK: CapPeriod
CAP_PERIOD_MONTH: CapPeriod
CAP_PERIOD_YEAR: CapPeriod
CAP_PERIOD_LIFE: CapPeriod

class Rule(_message.Message):
    __slots__ = ("rule", "event", "unit", "fund", "rate", "quantity", "fixed", "steps", "multiplier", "rounding", "lines", "when", "condition", "priority", "group", "caps", "budget", "vesting_days")
    RULE_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    FUND_FIELD_NUMBER: _ClassVar[int]
    RATE_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    FIXED_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    MULTIPLIER_FIELD_NUMBER: _ClassVar[int]
    ROUNDING_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    WHEN_FIELD_NUMBER: _ClassVar[int]
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    GROUP_FIELD_NUMBER: _ClassVar[int]
    CAPS_FIELD_NUMBER: _ClassVar[int]
    BUDGET_FIELD_NUMBER: _ClassVar[int]
    VESTING_DAYS_FIELD_NUMBER: _ClassVar[int]
    rule: str
    event: str
    unit: str
    fund: str
    rate: RateFormula
    quantity: QuantityFormula
    fixed: FixedFormula
    steps: StepsFormula
    multiplier: MultiplierFormula
    rounding: Rounding
    lines: LineFilter
    when: Window
    condition: str
    priority: int
    group: str
    caps: _containers.RepeatedCompositeFieldContainer[Cap]
    budget: str
    vesting_days: int
    def __init__(self, rule: _Optional[str] = ..., event: _Optional[str] = ..., unit: _Optional[str] = ..., fund: _Optional[str] = ..., rate: _Optional[_Union[RateFormula, _Mapping]] = ..., quantity: _Optional[_Union[QuantityFormula, _Mapping]] = ..., fixed: _Optional[_Union[FixedFormula, _Mapping]] = ..., steps: _Optional[_Union[StepsFormula, _Mapping]] = ..., multiplier: _Optional[_Union[MultiplierFormula, _Mapping]] = ..., rounding: _Optional[_Union[Rounding, str]] = ..., lines: _Optional[_Union[LineFilter, _Mapping]] = ..., when: _Optional[_Union[Window, _Mapping]] = ..., condition: _Optional[str] = ..., priority: _Optional[int] = ..., group: _Optional[str] = ..., caps: _Optional[_Iterable[_Union[Cap, _Mapping]]] = ..., budget: _Optional[str] = ..., vesting_days: _Optional[int] = ...) -> None: ...

class RateFormula(_message.Message):
    __slots__ = ("currency", "steps", "per_minor_units")
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    PER_MINOR_UNITS_FIELD_NUMBER: _ClassVar[int]
    currency: str
    steps: int
    per_minor_units: int
    def __init__(self, currency: _Optional[str] = ..., steps: _Optional[int] = ..., per_minor_units: _Optional[int] = ...) -> None: ...

class QuantityFormula(_message.Message):
    __slots__ = ("steps", "per")
    STEPS_FIELD_NUMBER: _ClassVar[int]
    PER_FIELD_NUMBER: _ClassVar[int]
    steps: int
    per: int
    def __init__(self, steps: _Optional[int] = ..., per: _Optional[int] = ...) -> None: ...

class FixedFormula(_message.Message):
    __slots__ = ("steps",)
    STEPS_FIELD_NUMBER: _ClassVar[int]
    steps: int
    def __init__(self, steps: _Optional[int] = ...) -> None: ...

class StepsFormula(_message.Message):
    __slots__ = ("currency", "rows")
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    ROWS_FIELD_NUMBER: _ClassVar[int]
    currency: str
    rows: _containers.RepeatedCompositeFieldContainer[StepsRow]
    def __init__(self, currency: _Optional[str] = ..., rows: _Optional[_Iterable[_Union[StepsRow, _Mapping]]] = ...) -> None: ...

class StepsRow(_message.Message):
    __slots__ = ("minor_units", "steps")
    MINOR_UNITS_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    minor_units: int
    steps: int
    def __init__(self, minor_units: _Optional[int] = ..., steps: _Optional[int] = ...) -> None: ...

class MultiplierFormula(_message.Message):
    __slots__ = ("numerator", "denominator", "of")
    NUMERATOR_FIELD_NUMBER: _ClassVar[int]
    DENOMINATOR_FIELD_NUMBER: _ClassVar[int]
    OF_FIELD_NUMBER: _ClassVar[int]
    numerator: int
    denominator: int
    of: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, numerator: _Optional[int] = ..., denominator: _Optional[int] = ..., of: _Optional[_Iterable[str]] = ...) -> None: ...

class LineFilter(_message.Message):
    __slots__ = ("skus", "categories", "brands", "except_skus", "except_categories", "except_brands")
    SKUS_FIELD_NUMBER: _ClassVar[int]
    CATEGORIES_FIELD_NUMBER: _ClassVar[int]
    BRANDS_FIELD_NUMBER: _ClassVar[int]
    EXCEPT_SKUS_FIELD_NUMBER: _ClassVar[int]
    EXCEPT_CATEGORIES_FIELD_NUMBER: _ClassVar[int]
    EXCEPT_BRANDS_FIELD_NUMBER: _ClassVar[int]
    skus: _containers.RepeatedScalarFieldContainer[str]
    categories: _containers.RepeatedScalarFieldContainer[str]
    brands: _containers.RepeatedScalarFieldContainer[str]
    except_skus: _containers.RepeatedScalarFieldContainer[str]
    except_categories: _containers.RepeatedScalarFieldContainer[str]
    except_brands: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, skus: _Optional[_Iterable[str]] = ..., categories: _Optional[_Iterable[str]] = ..., brands: _Optional[_Iterable[str]] = ..., except_skus: _Optional[_Iterable[str]] = ..., except_categories: _Optional[_Iterable[str]] = ..., except_brands: _Optional[_Iterable[str]] = ...) -> None: ...

class Window(_message.Message):
    __slots__ = ("starts_at", "ends_at", "calendars")
    STARTS_AT_FIELD_NUMBER: _ClassVar[int]
    ENDS_AT_FIELD_NUMBER: _ClassVar[int]
    CALENDARS_FIELD_NUMBER: _ClassVar[int]
    starts_at: _timestamp_pb2.Timestamp
    ends_at: _timestamp_pb2.Timestamp
    calendars: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, starts_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., ends_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., calendars: _Optional[_Iterable[str]] = ...) -> None: ...

class Calendar(_message.Message):
    __slots__ = ("calendar", "weekdays", "month_days", "dates", "hours")
    CALENDAR_FIELD_NUMBER: _ClassVar[int]
    WEEKDAYS_FIELD_NUMBER: _ClassVar[int]
    MONTH_DAYS_FIELD_NUMBER: _ClassVar[int]
    DATES_FIELD_NUMBER: _ClassVar[int]
    HOURS_FIELD_NUMBER: _ClassVar[int]
    calendar: str
    weekdays: _containers.RepeatedScalarFieldContainer[_dayofweek_pb2.DayOfWeek]
    month_days: _containers.RepeatedScalarFieldContainer[int]
    dates: _containers.RepeatedCompositeFieldContainer[_date_pb2.Date]
    hours: _containers.RepeatedCompositeFieldContainer[HourSpan]
    def __init__(self, calendar: _Optional[str] = ..., weekdays: _Optional[_Iterable[_Union[_dayofweek_pb2.DayOfWeek, str]]] = ..., month_days: _Optional[_Iterable[int]] = ..., dates: _Optional[_Iterable[_Union[_date_pb2.Date, _Mapping]]] = ..., hours: _Optional[_Iterable[_Union[HourSpan, _Mapping]]] = ...) -> None: ...

class HourSpan(_message.Message):
    __slots__ = ("starts_at", "ends_at")
    STARTS_AT_FIELD_NUMBER: _ClassVar[int]
    ENDS_AT_FIELD_NUMBER: _ClassVar[int]
    starts_at: _timeofday_pb2.TimeOfDay
    ends_at: _timeofday_pb2.TimeOfDay
    def __init__(self, starts_at: _Optional[_Union[_timeofday_pb2.TimeOfDay, _Mapping]] = ..., ends_at: _Optional[_Union[_timeofday_pb2.TimeOfDay, _Mapping]] = ...) -> None: ...

class DeclaredEvent(_message.Message):
    __slots__ = ("event", "attributes")
    class AttributesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: AttributeType
        def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[AttributeType, str]] = ...) -> None: ...
    EVENT_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    event: str
    attributes: _containers.ScalarMap[str, AttributeType]
    def __init__(self, event: _Optional[str] = ..., attributes: _Optional[_Mapping[str, AttributeType]] = ...) -> None: ...

class Spend(_message.Message):
    __slots__ = ("tax", "shipping", "excluded_tenders")
    TAX_FIELD_NUMBER: _ClassVar[int]
    SHIPPING_FIELD_NUMBER: _ClassVar[int]
    EXCLUDED_TENDERS_FIELD_NUMBER: _ClassVar[int]
    tax: bool
    shipping: bool
    excluded_tenders: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, tax: bool = ..., shipping: bool = ..., excluded_tenders: _Optional[_Iterable[str]] = ...) -> None: ...

class Cap(_message.Message):
    __slots__ = ("period", "most", "times")
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    MOST_FIELD_NUMBER: _ClassVar[int]
    TIMES_FIELD_NUMBER: _ClassVar[int]
    period: CapPeriod
    most: int
    times: int
    def __init__(self, period: _Optional[_Union[CapPeriod, str]] = ..., most: _Optional[int] = ..., times: _Optional[int] = ...) -> None: ...

class UnitCaps(_message.Message):
    __slots__ = ("unit", "caps")
    UNIT_FIELD_NUMBER: _ClassVar[int]
    CAPS_FIELD_NUMBER: _ClassVar[int]
    unit: str
    caps: _containers.RepeatedCompositeFieldContainer[Cap]
    def __init__(self, unit: _Optional[str] = ..., caps: _Optional[_Iterable[_Union[Cap, _Mapping]]] = ...) -> None: ...

class Budget(_message.Message):
    __slots__ = ("budget", "unit", "most", "currency", "cost_steps", "cost_minor_units")
    BUDGET_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    MOST_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    COST_STEPS_FIELD_NUMBER: _ClassVar[int]
    COST_MINOR_UNITS_FIELD_NUMBER: _ClassVar[int]
    budget: str
    unit: str
    most: int
    currency: str
    cost_steps: int
    cost_minor_units: int
    def __init__(self, budget: _Optional[str] = ..., unit: _Optional[str] = ..., most: _Optional[int] = ..., currency: _Optional[str] = ..., cost_steps: _Optional[int] = ..., cost_minor_units: _Optional[int] = ...) -> None: ...
